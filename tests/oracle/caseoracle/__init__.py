"""A second, independent implementation of the scoring rules.

It exists to be compared with the engine: it was written from the rules alone, shares no code
with the engine, and prefers plainness to speed. Scores are integers (hundredths of a mark),
weights and values integers (thousandths); there is no floating point anywhere.
"""
