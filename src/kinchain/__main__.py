"""``python -m kinchain``, and the command ``kinchain``."""

import gc


def run() -> None:
    """Answer one command. It lives for a second and makes no garbage worth looking for, from the first import on."""
    gc.disable()
    from kinchain.cli.app import run

    run()


if __name__ == "__main__":
    run()
