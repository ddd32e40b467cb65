# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium without a window, through its DevTools protocol."""
import base64, itertools, json, os, pathlib, shutil, subprocess, tempfile, time

from websocket import WebSocket

NAMES = ("chromium", "chromium-browser", "google-chrome")


class Chromium:
    def __init__(self, width=1000, height=1100):
        program = next(filter(None, map(shutil.which, NAMES)), None)
        if not program:
            raise FileNotFoundError("chromium")
        self.profile = tempfile.mkdtemp(prefix="citable-chromium-")
        arguments = [program, "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--remote-debugging-port=0", f"--user-data-dir={self.profile}", f"--window-size={width},{height}", "about:blank"]
        if os.geteuid() == 0:
            arguments.insert(1, "--no-sandbox")  # Chromium refuses to run as root with it
        self.process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        active = pathlib.Path(self.profile, "DevToolsActivePort")
        deadline = time.monotonic() + 30
        while not active.exists() or len(active.read_text().split("\n")) < 2:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("Chromium did not start")
            time.sleep(0.05)
        port, path = active.read_text().split("\n")[:2]
        self.socket = WebSocket(f"ws://127.0.0.1:{port}{path}")
        self.numbers = itertools.count(1)

    def command(self, method, session=None, **parameters):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.receive())
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def open(self, url):
        """Opens a tab, as a click on a link in another program does; returns its session."""
        self.closing = {target["targetId"] for target in self.frames()}
        return self.attach(self.command("Target.createTarget", url=url)["targetId"])

    def attach(self, target):
        return Tab(self, target, self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])

    def frames(self):
        return [target for target in self.command("Target.getTargets")["targetInfos"] if target["type"] == "iframe"]

    def frame(self, prefix):
        """The frame of the tab opened last whose address begins so, as a tab; None where there is none yet. Those of tabs that were closed may take a while to go."""
        for target in self.frames():
            if target["url"].startswith(prefix) and target["targetId"] not in self.closing:
                return self.attach(target["targetId"])
        return None

    def close(self):
        try:
            self.command("Browser.close")
            self.process.wait(10)
        except Exception:
            self.process.kill()
            self.process.wait()
        self.socket.close()
        shutil.rmtree(self.profile, ignore_errors=True)


class Tab:
    def __init__(self, browser, target, session):
        self.browser, self.target, self.session = browser, target, session

    def evaluate(self, script):
        result = self.browser.command("Runtime.evaluate", self.session, expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def evaluate_now(self, script):
        """As evaluate; None where the page is on its way to another."""
        try:
            return self.evaluate(script)
        except RuntimeError:
            return None

    def screenshot(self):
        return base64.b64decode(self.browser.command("Page.captureScreenshot", self.session, format="png")["data"])

    def close(self):
        self.browser.command("Target.closeTarget", targetId=self.target)
