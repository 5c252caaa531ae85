"""Documents of feeds and reports: kept in the database, moved through pre-signed URLs as with S3."""
