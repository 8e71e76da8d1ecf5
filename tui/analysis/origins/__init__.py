"""Where models come from: countries of roots, labs or uploaders, and the rule that placed each."""
