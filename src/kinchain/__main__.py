"""``python -m kinchain``."""

from kinchain.cli.app import run

if __name__ == "__main__":
    run()
