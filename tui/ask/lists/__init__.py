"""Questions whose answer is a list of repos, or is counted over one."""
