"""The rule language: each construct in one file, with its shape, its meaning and its wording.

Way of a construct: YAML -> shape (pydantic, as written) -> `link` (typed node, fixed at a date) -> `interpret` with
an algebra.
"""
