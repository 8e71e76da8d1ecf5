"""The machinery of long questions: call plans, their runner, stored pages, jobs."""
