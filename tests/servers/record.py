#!/usr/bin/env python3
"""Asks a real server what gisa asks, and prints the shapes of its answers: status, and for JSON the names and kinds of its
fields. The doubles of the tests are held to them (tests/it/sync/shapes.rs).

    tests/servers/record.py miniflux http://127.0.0.1:PORT NAME PASSWORD > tests/servers/miniflux.json
    tests/servers/record.py fresh-rss http://127.0.0.1:PORT NAME PASSWORD > tests/servers/fresh-rss.json

The server needs an article at least, with a label on FreshRSS. Nothing on it is changed.
"""
import base64
import functools
import json
import sys
import urllib.error
import urllib.parse
import urllib.request


def both(one, other):
    """A shape that has the fields of two."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: both(one.get(name, other.get(name)), other.get(name, one.get(name))) for name in sorted({*one, *other})}
    return other if one in ("null", []) else one


def shape(value):
    """The kinds of a value's parts; the elements of an array have one shape together."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in sorted(value.items())}
    if isinstance(value, list):
        return [functools.reduce(both, map(shape, value))] if value else []
    kinds = {bool: "boolean", int: "number", float: "number", str: "string"}
    return kinds.get(type(value), "null")


def ask(method, url, headers, body=None):
    request = urllib.request.Request(url, method=method, headers=headers, data=body and body.encode())
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


kind, address, name, password = sys.argv[1:]
recorded = {}


def record(method, path, headers, body=None, known=""):
    status, text = ask(method, address + path.replace("{}", known), headers, body)
    try:
        told = shape(json.loads(text))
    except ValueError:
        told = "text" if text else "nothing"
    recorded[f"{method} {path}"] = {"status": status, "body": told}
    return text


if kind == "miniflux":
    pair = base64.b64encode(f"{name}:{password}".encode()).decode()
    login, wrong = {"Authorization": f"Basic {pair}"}, {"Authorization": "Basic eDp5"}
    record("GET", "/v1/me", login)
    record("GET", "/v1/feeds", login)
    record("GET", "/v1/categories", login)
    first = record("GET", "/v1/entries?order=id&direction=asc&limit=1", login)
    known = str(json.loads(first)["entries"][0]["id"])
    record("GET", "/v1/entries/{}", login, known=known)
    record("GET", "/v1/entries/999999999", login)
    record("PUT", "/v1/entries", login, '{"entry_ids": [999999999], "status": "read"}')
    record("DELETE", "/v1/feeds/999999999", login)
    status, text = ask("GET", address + "/v1/me", wrong)
    recorded["wrong password"] = {"status": status, "body": shape(json.loads(text))}
else:
    base = "/api/greader.php"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    pair = urllib.parse.urlencode({"Email": name, "Passwd": password})
    text = record("POST", f"{base}/accounts/ClientLogin", form, pair)
    token = next(line[5:] for line in text.splitlines() if line.startswith("Auth="))
    login = {"Authorization": f"GoogleLogin auth={token}"}
    api = f"{base}/reader/api/0"
    record("GET", f"{api}/token", login)
    for call in ["subscription/list", "tag/list", "unread-count"]:
        record("GET", f"{api}/{call}?output=json", login)
    all_of = "user/-/state/com.google/reading-list"
    ids = record("GET", f"{api}/stream/items/ids?output=json&s={all_of}&n=1", login)
    known = f"tag:google.com,2005:reader/item/{int(json.loads(ids)['itemRefs'][0]['id']):016x}"
    record("POST", f"{api}/stream/items/contents?output=json", {**login, **form}, urllib.parse.urlencode({"i": known}))
    record("POST", f"{api}/edit-tag?output=json", {**login, **form}, "a=user/-/state/com.google/read")
    record("GET", f"{api}/subscription/list", login)
    status, _ = ask("POST", address + f"{base}/accounts/ClientLogin", form, "Email=x&Passwd=y")
    recorded["wrong password"] = {"status": status, "body": "text"}
print(json.dumps(recorded, indent=1, ensure_ascii=False))
