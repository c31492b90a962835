#!/usr/bin/env python3
"""Makes the README's pictures: the real program in a real terminal, with invented newspapers.

    python3 docs/pictures/shoot.py target/release/gisa            all pictures, into this folder
    python3 docs/pictures/shoot.py target/release/gisa front-dark one of them
    python3 docs/pictures/shoot.py target/release/gisa film-dark  the moving picture

Needs kitty 0.40 or later (letters of any size), Xvfb, Pillow and the font D2Coding; KITTY names another kitty.
Nothing of the machine is in the pictures: the library is made anew in a temporary folder from edition.txt.
"""
import mmap, os, shlex, shutil, struct, subprocess, sys, tempfile, time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import news
from PIL import Image

HERE = Path(__file__).resolve().parent
KITTY = shlex.split(os.environ.get("KITTY", "kitty"))
GROUNDS = {"dark": ("#17191d", "#e4e4e0"), "light": ("#fbfaf7", "#26282b")}
COLUMNS, ROWS = 120, 40

# Name → the language and the keys, a list; a number waits so many seconds.
PICTURES = {
    "front": ("ko", ["\x0c"]),
    "article": ("ko", [".", 0.5, "\r", 2, "\x0c"]),
    "short-news": ("ko", [".", 0.5, "\r", 1.5, "v", "\x0c"]),
    "sizes": ("ko", [".", 0.5, "\r", 1.5, "+", "+", "\x0c"]),
    "panes": ("ko", [".", 0.5, "w", "w", "w", "w", "\r", 1, "\x0c"]),
}

# The moving picture: keys, and for how many milliseconds what they lead to is seen.
FILM = [
    ([], 2200), (["."], 1600), (["\r"], 2400), (["v"], 2800), (["v"], 900), (["+"], 1800), (["+"], 1800), (["0"], 900),
    (["s"], 1800), ([":"], 900), (["밝"], 400), (["게"], 1200), (["\r"], 2200),
]


class Screen:
    """An X server without a screen, whose picture is read from its memory."""

    def __init__(self, folder):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "2400x1800x24", "-fbdir", folder, "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.display = ":" + number.readline().strip()
        with open(os.path.join(folder, "Xvfb_screen0"), "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", self.memory[:100])
        self.start = header[0] + header[19] * 12
        self.size, self.line = (header[4], header[5]), header[12]

    def picture(self):
        data = self.memory[self.start:self.start + self.line * self.size[1]]
        return Image.frombytes("RGB", self.size, data, "raw", "BGRX", self.line)


def still(screen):
    """The picture once nothing has moved for a second."""
    before, since = screen.picture(), time.time()
    end = since + 20
    while time.time() < end:
        time.sleep(0.2)
        now = screen.picture()
        if now.tobytes() != before.tobytes():
            before, since = now, time.time()
        elif time.time() - since > 1:
            break
    return before


def shoot(gisa, home, name, ground):
    """Makes a picture, or the moving one, and saves it beside this script."""
    is_film = name == "film"
    language, keys = ("ko", []) if is_film else PICTURES[name]
    back, fore = GROUNDS[ground]
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "home")
        shutil.copytree(home, copy)
        screen = Screen(folder)
        socket = f"unix:{folder}/kitty"
        options = [f"initial_window_width={COLUMNS}c", f"initial_window_height={ROWS}c", "remember_window_size=no",
                   "font_family=D2Coding", "font_size=11", f"background={back}", f"foreground={fore}",
                   "window_padding_width=4", "cursor_blink_interval=0", "allow_remote_control=yes", "update_check_interval=0",
                   "mouse_hide_wait=-1", "placement_strategy=top-left", "hide_window_decorations=yes", "linux_display_server=x11",
                   "confirm_os_window_close=0", "enable_audio_bell=no"]
        program = ["env", f"HOME={copy}", f"GISA_DATA_DIR={copy}/data", f"GISA_CONFIG={copy}/config.toml", "TZ=Asia/Seoul",
                   "LC_ALL=C.UTF-8", str(gisa), "--lang", language]
        env = dict(os.environ, DISPLAY=screen.display, LIBGL_ALWAYS_SOFTWARE="1", LC_ALL="C.UTF-8")
        terminal = subprocess.Popen(
            [*KITTY, "--config", "NONE", *sum((["-o", o] for o in options), []), "--listen-on", socket, *program],
            env=env, stderr=subprocess.DEVNULL)
        try:
            # On a machine with other work, kitty takes its time.
            end = time.time() + 60
            while time.time() < end and not (os.path.exists(f"{folder}/kitty") and screen.picture().getbbox()):
                time.sleep(0.5)
            time.sleep(4)
            still(screen)
            frames = []
            for step, wait in FILM if is_film else [(keys, 0)]:
                for key in step:
                    if isinstance(key, str):
                        subprocess.run([*KITTY, "@", "--to", socket, "send-text", "--stdin"], input=key.encode(), env=env, check=True)
                        time.sleep(0.4)
                    else:
                        time.sleep(key)
                frames.append((still(screen), wait))
        finally:
            terminal.terminate()
            terminal.wait()
            screen.process.terminate()
            screen.process.wait()
    box = frames[0][0].getbbox()
    pictures = [frame.crop(box) for frame, _ in frames]
    path = HERE / f"{name}-{ground}.{'gif' if is_film else 'png'}"
    if is_film:
        # One palette for all, so that what stays the same is not stored again.
        wall = Image.new("RGB", (pictures[0].width, pictures[0].height * len(pictures)))
        for n, p in enumerate(pictures):
            wall.paste(p, (0, n * p.height))
        palette = wall.quantize(96, dither=Image.Dither.NONE)
        film = [p.quantize(palette=palette, dither=Image.Dither.NONE) for p in pictures]
        film[0].save(path, save_all=True, append_images=film[1:], duration=[wait for _, wait in frames], loop=0, optimize=True)
    else:
        pictures[0].quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path, path.stat().st_size // 1024, "kB", pictures[0].size)


def main():
    gisa = Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:] or ["front-dark", "front-light", "article-dark", "article-light", "short-news-dark", "sizes-dark", "panes-light", "film-dark"]
    feeds = news.serve()
    with tempfile.TemporaryDirectory() as home:
        env = dict(os.environ, HOME=home, GISA_DATA_DIR=f"{home}/data", GISA_CONFIG=f"{home}/config.toml", LC_ALL="C.UTF-8")
        Path(f"{home}/config.toml").write_text("[pictures]\nshow = \"on\"\n")
        for feed in feeds:
            subprocess.run([gisa, "add", feed], env=env, check=True, stdout=subprocess.DEVNULL)
        for command in (["refresh", "--full"], ["issues"]):
            subprocess.run([gisa, *command], env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for name in wanted:
            picture, ground = name.rsplit("-", 1)
            shoot(gisa, home, picture, ground)


if __name__ == "__main__":
    main()
