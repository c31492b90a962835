"""Serves the invented newspapers of edition.txt on this machine, as feeds and pages, so that pictures show no real news."""
import http.server, threading, time
from email.utils import formatdate
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parents[1] / "assets/sample/pictures"


def edition():
    """The articles: outlet, headline, author, picture, sentences."""
    articles = []
    for text in (HERE / "edition.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        head, *sentences = text.splitlines()
        outlet, title, author, *picture = (field.strip() for field in head.split("|"))
        articles.append((outlet, title, author, picture[0] if picture else None, sentences))
    return articles


class Paper(http.server.BaseHTTPRequestHandler):
    articles = edition()
    outlets = list(dict.fromkeys(a[0] for a in articles))
    start = time.time()

    def log_message(self, *_):
        pass

    def do_GET(self):
        port = self.server.server_address[1]
        outlet = self.outlets[port - self.server.first]
        parts = self.path.strip("/").split("/")
        if parts[0] == "feed.xml":
            self.send("application/rss+xml", self.feed(outlet, port).encode())
        elif parts[0] == "p" and len(parts) == 2 and (PICTURES / parts[1]).exists():
            self.send("image/png", (PICTURES / parts[1]).read_bytes())
        elif parts[0] == "a" and parts[1].isdigit() and int(parts[1]) < len(self.articles):
            self.send("text/html", self.page(int(parts[1]), port).encode())
        else:
            self.send_error(404)

    def send(self, kind, body):
        self.send_response(200)
        self.send_header("Content-Type", kind + "; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def date(self, index):
        return formatdate(self.start - 600 - index * 1500)

    def feed(self, outlet, port):
        items = "".join(
            f"<item><title>{escape(a[1])}</title><link>http://127.0.0.1:{port}/a/{i}</link>"
            f"<pubDate>{self.date(i)}</pubDate><description>{escape(' '.join(a[4]))}</description></item>"
            for i, a in enumerate(self.articles) if a[0] == outlet
        )
        lang = "ko" if outlet > "가" else "en"
        return f'<rss version="2.0"><channel><title>{outlet}</title><language>{lang}</language>{items}</channel></rss>'

    def page(self, index, port):
        outlet, title, author, picture, sentences = self.articles[index]
        lang = "ko" if outlet > "가" else "en"
        when = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(self.start - 600 - index * 1500))
        role = " 기자" if lang == "ko" else ""
        shown = ""
        if picture:
            shown = (f'<figure><img src="/p/{picture}" width="960" height="540"><figcaption>해가 진 뒤의 바닷가 등대. '
                     "도서관 셔틀은 등대 앞까지 간다.</figcaption></figure>")
        pairs = [" ".join(sentences[i:i + 2]) for i in range(0, len(sentences), 2)]
        body = "".join(f"<p>{escape(p)}</p>" + (shown if i == 0 else "") for i, p in enumerate(pairs))
        return (f'<!doctype html><html lang="{lang}"><head><title>{escape(title)}</title>'
                f'<meta property="og:site_name" content="{outlet}"><meta property="og:type" content="article">'
                f'<meta property="og:title" content="{escape(title)}"><meta name="author" content="{author}{role}">'
                f'<meta property="article:published_time" content="{when}"></head>'
                f'<body><article><h1>{escape(title)}</h1><p class="byline">{author}{role}</p>{body}</article></body></html>')


def serve(first=18801):
    """Starts a server for each outlet; gives the addresses of their feeds."""
    feeds = []
    for n in range(len(Paper.outlets)):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", first + n), Paper)
        server.first = first
        threading.Thread(target=server.serve_forever, daemon=True).start()
        feeds.append(f"http://127.0.0.1:{first + n}/feed.xml")
    return feeds


if __name__ == "__main__":
    print("\n".join(serve()), flush=True)
    threading.Event().wait()
