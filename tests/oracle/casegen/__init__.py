"""Random but repeatable templates and returns that reach every corner of the rules."""
