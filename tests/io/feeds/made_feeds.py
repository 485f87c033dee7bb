"""Feeds made for tests."""

from __future__ import annotations

DAY = "Sun, 03 Apr 2016 23:30:00 -0500"


def rss(*items: str, head: str = "<title>MFA press releases</title><link>https://mfa.example/</link>", version: str = "2.0") -> bytes:
    """An RSS feed of these items."""
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="{version}"><channel>{head}{"".join(items)}</channel></rss>'.encode()


def item(
    guid: str = "g1", *, day: str = DAY, text: str = "We support it.", link: str = "https://mfa.example/1", title: str = "Title"
) -> str:
    """An item of an RSS feed; a part that is "" is left out."""
    parts = {"title": title, "link": link, "guid": guid, "pubDate": day, "description": text}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value) + "</item>"


ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://mfa.example/feeds/">
<title type="html">Minist&amp;egrave;re</title><id>urn:f</id><updated>2016-04-05T00:00:00Z</updated><link href="/"/>
<link rel="self" href="https://mfa.example/feeds/a.xml"/>
<entry xml:base="../2016/"><title>A &lt;b&gt; is plain</title><id>urn:1</id><link rel="enclosure" href="x.mp3"/><link href="d/1"/>
<published>2016-04-03T23:30:00-05:00</published><updated>2016-04-05T00:00:00Z</updated>
<author><name>Porte-parole</name></author><source><title>Other</title><id>urn:other</id></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un &amp; deux</p><p>3 &lt; 5</p></div></content></entry>
<entry xml:lang="en"><title>Only changed</title><id>urn:2</id><link href="https://other.example/2"/>
<updated>2016-04-04T01:00:00+09:00</updated><summary type="html">&lt;p&gt;Yes&lt;/p&gt;</summary></entry></feed>"""

RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://mfa.example/f"><title>MFA</title><link>https://mfa.example/</link><dc:language>en-gb</dc:language></channel>
<image><title>Logo</title><link>https://mfa.example/logo</link></image>
<item rdf:about="https://mfa.example/1"><title>One</title><link>https://mfa.example/1</link><dc:date>2016-04-03T23:30:00-05:00</dc:date>
<description>Short</description><content:encoded><![CDATA[<p>Whole&nbsp;text</p>]]></content:encoded><dc:creator>Spokesman</dc:creator></item>
</rdf:RDF>"""

JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "MFA", "home_page_url": "https://mfa.example/", "language": "en-US",'
    b' "items": ['
    b'{"id": 7, "url": "/1", "title": "One", "content_html": "<p>Yes</p><script>x</script>", "date_published": "2016-04-03T23:30:00-05:00",'
    b' "authors": [{"name": "Spokesman"}]},'
    b'{"id": "b", "content_text": "No", "date_modified": "2016-04-04T10:00:00Z"}, {"id": "c"}, 5]}'
)
