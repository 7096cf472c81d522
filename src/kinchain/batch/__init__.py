"""Many questions at once: from a table of places to a table of answers, with processes or with Spark."""
