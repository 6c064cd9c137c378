"""From blocks to something one can see.

One file per medium: the terminal (rich), Markdown, HTML for notebooks, CSV. A renderer loses
nothing: a label such as ``Escalate [resolved]`` is text, never markup.
"""
