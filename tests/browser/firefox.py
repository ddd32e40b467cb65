# SPDX-License-Identifier: GPL-3.0-or-later
"""Firefox without a window, through Marionette, which can look into its PDF viewer."""
import base64, json, os, pathlib, shutil, socket, subprocess, tempfile, time

NAMES = ("firefox-esr", "firefox")
PREFERENCES = {
    "marionette.port": 0, "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False, "toolkit.telemetry.reportingpolicy.firstRun": False,
    "browser.aboutwelcome.enabled": False, "app.update.disabledForTesting": True, "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
}


class Firefox:
    def __init__(self, width=1000, height=1200):
        program = next(filter(None, map(shutil.which, NAMES)), None)
        if not program:
            raise FileNotFoundError("firefox-esr")
        self.profile = tempfile.mkdtemp(prefix="citable-firefox-")
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        pathlib.Path(self.profile, "user.js").write_text("\n".join(lines))
        arguments = [program, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", self.profile, f"--width={width}", f"--height={height}"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, HOME=self.profile))
        active = pathlib.Path(self.profile, "MarionetteActivePort")
        deadline = time.monotonic() + 60
        while not active.exists() or not active.read_text().strip():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("Firefox did not start")
            time.sleep(0.05)
        self.socket = socket.create_connection(("127.0.0.1", int(active.read_text())), 60)
        self.buffer, self.number = b"", 0
        self._receive()  # says who it is
        self.command("WebDriver:NewSession", capabilities={})
        self.home = self.command("WebDriver:GetWindowHandle")["value"]

    def _fill(self):
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("Firefox closed the connection")
        self.buffer += data

    def _receive(self):
        while b":" not in self.buffer:
            self._fill()
        length, self.buffer = self.buffer.split(b":", 1)
        while len(self.buffer) < int(length):
            self._fill()
        message, self.buffer = self.buffer[:int(length)], self.buffer[int(length):]
        return json.loads(message)

    def command(self, name, **parameters):
        self.number += 1
        message = json.dumps([0, self.number, name, parameters]).encode()
        self.socket.sendall(str(len(message)).encode() + b":" + message)
        while True:
            kind, number, error, result = self._receive()
            if kind == 1 and number == self.number:
                if error:
                    raise RuntimeError(f"{name}: {error.get('message')}")
                return result

    def open(self, url):
        """Opens a tab, as a click on a link in another program does; what is asked next is asked in it."""
        self.command("Marionette:SetContext", value="chrome")
        self.command("WebDriver:ExecuteScript", args=[url], script="""
            gBrowser.selectedTab = gBrowser.addTab(arguments[0], {triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal(), fromExternal: true});""")
        self.command("Marionette:SetContext", value="content")
        deadline = time.monotonic() + 20
        while True:
            handles = [handle for handle in self.command("WebDriver:GetWindowHandles") if handle != self.home]
            if handles or time.monotonic() > deadline:
                break
            time.sleep(0.05)
        self.command("WebDriver:SwitchToWindow", handle=handles[-1])

    def evaluate(self, script, *arguments):
        """Runs a script in the tab with the browser's own rights; None while the page is still on its way."""
        try:
            return self.command("WebDriver:ExecuteScript", script=script, args=list(arguments), sandbox="system")["value"]
        except RuntimeError as error:
            if "navigation" in str(error) or "JSWindowActor" in str(error) or "aborted" in str(error).lower():
                return None
            raise

    def screenshot(self):
        """None where there is nothing to draw yet."""
        try:
            return base64.b64decode(self.command("WebDriver:TakeScreenshot", full=False)["value"])
        except RuntimeError:
            return None

    def close_tab(self):
        self.command("WebDriver:CloseWindow")
        self.command("WebDriver:SwitchToWindow", handle=self.home)

    def close(self):
        try:
            self.command("Marionette:Quit", flags=["eForceQuit"])
            self.process.wait(15)
        except Exception:
            self.process.kill()
            self.process.wait()
        self.socket.close()
        shutil.rmtree(self.profile, ignore_errors=True)
