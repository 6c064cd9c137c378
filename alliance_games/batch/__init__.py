"""Many cases: find the files, solve them on an executor, keep a journal, resume, assemble."""
