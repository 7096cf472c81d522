"""The atlas live: pages and a JSON API over HTTP, and SPARQL by proxy."""
