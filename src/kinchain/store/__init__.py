"""One file of named sections that opens in no time: what a compiled body is kept in, whatever it holds."""
