"""Questions about families: the league table, its tiers of cost, comparisons, growth."""
