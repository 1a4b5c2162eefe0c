"""Who belongs to whom: size of a group under EU and Korean law, single undertakings, and the sheets that show how."""
