"""The command line: commands, the wizard, exit codes, terminal hygiene."""
