"""Commerce's cron: jobs on the agenda, planned only while there is work for them."""
