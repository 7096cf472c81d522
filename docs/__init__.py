"""The documentation: its pages, and what makes and checks the parts of them that the project itself knows."""
