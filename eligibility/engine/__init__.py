"""The engine: one profile -> an assessment with its explanation; a table -> verdict columns.

Pure: no clock, file or environment.
"""
