import subprocess, sys
sys.path.insert(0, "/work/main")
from collectors.desktop.x11 import X11
def test_dbg(screen, until):
    front = X11(screen.display); front.open()
    for number in range(25):
        short = screen.start("xterm", "-T", f"short {number}", "-e", "true")
        while short.poll() is None:
            front.sample()
    import time
    time.sleep(2)
    print(front.sample(), front._stale, screen.run("xprop", "-root", "_NET_ACTIVE_WINDOW", "_NET_CLIENT_LIST"))
    print(front._active(), front._display.get_input_focus().focus)
    front.close()
    assert 0
