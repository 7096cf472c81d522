"""``python -m kinchain``."""

from kinchain.cli.app import main

if __name__ == "__main__":
    main()
