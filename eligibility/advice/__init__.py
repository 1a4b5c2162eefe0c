"""What follows from an assessment: why, what would change it, the best plan, and what many assessments say together."""
