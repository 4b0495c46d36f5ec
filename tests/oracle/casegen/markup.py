"""Building and writing XML, with the harmless noise that a reader must see through."""

import re
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from caseoracle.xmltree import Node


def element(tag, attrs=None, *children, text=None):
    """An element; attributes whose value is None are left out."""
    node = ET.Element(tag, {k: str(v) for k, v in (attrs or {}).items() if v is not None})
    node.text = text
    node.extend(child for child in children if child is not None)
    return node


def as_node(tree):
    """The same as the oracle reads it, without lines."""
    node = Node(tree.tag, dict(tree.attrib), 1, [as_node(child) for child in tree])
    node.pieces = [tree.text or ""]
    return node


class Writer:
    """Serialises with comments, CDATA, prefixes and start tags over several lines."""

    def __init__(self, rng, namespace, noise):
        self.rng, self.namespace, self.noise = rng, namespace, noise
        self.prefix = "ca:" if rng.random() < 0.08 * noise else ""
        self.lines = []

    def document(self, root):
        """Bytes of the whole document."""
        encoding = "UTF-8"
        if self._now(0.05):
            encoding = self.rng.choice(["ISO-8859-1", "UTF-16"])
        head = [f'<?xml version="1.0" encoding="{encoding}"?>'] if encoding != "UTF-8" else []
        if not head and self._now(0.5):
            head = ['<?xml version="1.0" encoding="UTF-8"?>']
        if head and self._now(0.1):
            head.append("<!-- a comment before the root -->")
        mark = f"xmlns:{self.prefix[:-1]}" if self.prefix else "xmlns"
        extra = f' {mark}="{self.namespace}"'
        if self._now(0.08):
            extra += (
                ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
                f' xsi:schemaLocation="{self.namespace} some.xsd" xml:lang="en-GB"'
            )
        self.lines = head
        self._element(root, 0, extra)
        return "\n".join(self.lines + [""]).encode(encoding, "xmlcharrefreplace")

    def _now(self, probability):
        return self.rng.random() < probability * self.noise

    def _element(self, node, depth, extra=""):
        indent = "  " * depth
        gap = "\n" + indent + "    " if len(node.attrib) > 1 and self._now(0.05) else " "
        attrs = "".join(f"{gap}{k}={quoteattr(v)}" for k, v in node.attrib.items())
        tag = self.prefix + node.tag
        if self._now(0.01):
            self.lines.append(f"{indent}<?editor fold?>")
        if self._now(0.02):
            self.lines.append(f"{indent}<!-- <{node.tag}> is\n  next -->")
        start = f"{indent}<{tag}{extra}{attrs}"
        if len(node):
            self.lines.append(start + ">")
            for child in node:
                self._element(child, depth + 1)
            self.lines.append(f"{indent}</{tag}>")
        elif node.text:
            self.lines.append(f"{start}>{self._text(node.text)}</{tag}>")
        else:
            self.lines.append(start + (f"></{tag}>" if self._now(0.1) else "/>"))

    def _text(self, text):
        padding = self.rng.choice([" ", "\n   ", "\t"]) if self._now(0.08) else ""
        written = escape(text)
        if self._now(0.05) and "]]>" not in text:
            written = f"<![CDATA[{text}]]>"
        elif self._now(0.04) and re.search(r"\w\w", text):
            written = escape(text[:1]) + "<!-- inside -->" + escape(text[1:])
        return padding + written + padding
