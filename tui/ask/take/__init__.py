"""Taking files: which ones, how much room they need, and a download in a process of its own."""
