"""The formats of a table: CSV, Excel and Parquet, each read as rows of text and written from rows of cells."""
