"""Exact values and the parsers for what rule files, tables and people write."""
