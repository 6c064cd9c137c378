"""The games themselves, frozen, one file per kind; no input or output, no solving."""
