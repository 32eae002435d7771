"""The Office of the Historian's lists: travels of the Presidents of the United States, visits of foreign leaders."""
