"""Reports 2021-06-30: what each type of report tells, and when."""
