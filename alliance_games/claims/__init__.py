"""The ``expect:`` lines of a file, evaluated.

Each line is solved at the values it speaks of and compared with what was found, so that a
game file is its own test. Claims about all values (``when:``) are reported as not yet decided
until proofs arrive.
"""
