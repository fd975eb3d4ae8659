"""Reports: what was done to each text, as pages for people and as data for programs, from the logs alone."""

FORMATS = ("html", "md", "diff", "tsv", "json")
FOLDER = "reports"  # beside the settings file
