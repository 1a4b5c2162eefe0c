"""Rule files become one rulebook: read within limits, checked in shape, linked and fixed at a date.

Every problem in one pass.
"""
