"""The private parts of Textual that ``tui.terminal`` names, and why each is needed."""

from typing import NamedTuple


class Private(NamedTuple):
    """One private part: whose it is, its name, and why it is needed."""

    owner: str  # "module:Class"
    name: str
    why: str


_APP, _SCREEN = "textual.app:App", "textual.screen:Screen"
_PUMP = "textual.message_pump:MessagePump"
_LINUX = "textual.drivers.linux_driver:LinuxDriver"
PRIVATE = (
    Private(_APP, "_check_bindings", "a key runs its action in the app, before the next key"),
    Private(_APP, "_handle_exception", "the toolkit ends the app at every error, by this alone"),
    Private(_APP, "_driver", "nothing public writes a sequence (OSC 52) to the terminal"),
    Private(_APP, "_display", "nothing public hands over what would be written"),
    Private(_APP, "_batch_count", "nothing public tells that painting is held back"),
    Private(_APP, "_previous_cursor_position", "the toolkit moves the cursor with an update"),
    Private(_PUMP, "_running", "nothing is to be written before the app runs"),
    Private(_PUMP, "_closed", "nor after it has ended"),
    Private("textual._compositor:", "ChopsUpdate", "what would be written, by lines"),
    Private("textual._compositor:", "LayoutUpdate", "what would be written, whole"),
    Private("textual._styles_cache:StylesCache", "get_inner_outer", "it keeps dead widgets"),
    Private(_PUMP, "_mounted_event", "nothing public can be awaited until a screen is mounted"),
    Private(_PUMP, "_dispatch_message", "an error in a handler ends its widget's messages"),
    Private(_SCREEN, "_push_result_callback", "the default screen has no place for its result"),
    Private(_SCREEN, "_on_timer_update", "nothing public paints before the next tick"),
    Private(_SCREEN, "_compositor", "nothing public gives the lines of a screen"),
    Private(_LINUX, "_sigtstp_application", "its SIGTSTP handler works inside the signal"),
    Private(_LINUX, "_sigcont_application", "its SIGCONT handler takes raw for the original mode"),
    Private("textual.driver:Driver", "_app", "the driver's way to its app"),
    Private("textual.driver:Driver", "_loop", "a signal may only hand its work to the loop"),
    Private(_LINUX, "_key_thread", "tells whether the terminal could be taken back"),
    Private("textual._xterm_parser:XTermParser", "feed", "the names of keys; it takes replies too"),
    Private("textual._ansi_sequences:", "ANSI_SEQUENCES_KEYS", "which sequences are keys"),
    Private("textual._keyboard_protocol:", "FUNCTIONAL_KEYS", "which kitty sequences are keys"),
)  # fmt: skip
