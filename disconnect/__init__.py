"""disconnect: what your screen time stands against."""
