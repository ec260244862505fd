"""A kernel without sockets, for a process that lives for one notebook.

It is ipykernel's own kernel and shell, and nbclient talks to it as to any other; only the messages
stay in lists.  So outputs, tracebacks and failures are those of a kernel, without its start-up.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from queue import Empty
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from traitlets.config import Config

from konzept.site.compat import without_debugger, without_queues

Message = dict[str, Any]


class _Session(Session):
    """Keeps messages where a real session sends them."""

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Message:
        message = msg_or_type
        if not isinstance(message, dict):
            message = self.msg(msg_or_type, content, parent, header, metadata)
        # There and back, so that the content is what JSON leaves of it.
        message["content"] = self.unpack(self.pack(message["content"]))
        message["buffers"] = list(buffers or message.get("buffers", ()))
        stream.append(message)
        return dict(message)


class _Stream(io.TextIOBase):
    """Standard output or error: what Python writes, and what other code writes past it."""

    def __init__(self, name: str, descriptor: int, publish: Callable[[str, str], None]) -> None:
        self._name, self._descriptor, self._publish = name, descriptor, publish
        self._parts: list[str] = []
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._taken = 0
        os.dup2(self._file.fileno(), descriptor)

    encoding = "utf-8"

    def fileno(self) -> int:
        return self._descriptor

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        if self._file.closed:
            return
        size = os.fstat(self._file.fileno()).st_size
        if size > self._taken:
            foreign = os.pread(self._file.fileno(), size - self._taken, self._taken)
            self._parts.append(foreign.decode("utf-8", "replace"))
            self._taken = size
        text, self._parts = "".join(self._parts), []
        if text:
            self._publish(self._name, text)


class _Channel:
    """Messages that wait; nobody adds to them while nbclient asks."""

    def __init__(self, messages: deque[Message]) -> None:
        self._messages = messages

    def get_msg(self, timeout: float | None = None) -> Message:
        try:
            return self._messages.popleft()
        except IndexError:
            raise Empty from None


class HereKernel:
    """What nbclient needs to know of a kernel, its manager and its client."""

    has_kernel = True
    allow_stdin = False

    def __init__(self) -> None:
        shell: deque[Message] = deque()
        iopub: deque[Message] = deque()
        self._session = _Session(key=b"")
        self._shell, self._iopub = shell, iopub
        self.shell_channel, self.iopub_channel = _Channel(shell), _Channel(iopub)
        # No history on disk: its writer is a thread, and nobody reads it.
        config = Config({"HistoryManager": {"enabled": False}})
        with without_debugger():
            self._kernel = IPythonKernel.instance(
                config=config,
                session=self._session,
                log=logging.getLogger(__name__),
                iopub_socket=iopub,
                # Only asked whether its thread is the present one.
                shell_channel_thread=SimpleNamespace(parent_thread=None),
            )
        # Whoever asks has waited for the answer to the question before.
        without_queues(self._kernel)

    def redirect(self) -> None:
        """Take over standard output and error of this process."""
        sys.stdout = _Stream("stdout", 1, self._publish)
        sys.stderr = _Stream("stderr", 2, self._publish)

    def _publish(self, name: str, text: str) -> None:
        parent = self._kernel.get_parent("shell")
        self._session.send(self._iopub, "stream", {"name": name, "text": text}, parent)

    def client(self) -> HereKernel:
        """Be the client."""
        return self

    def start_channels(self) -> None:
        """Be ready: there is nothing to start."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """Be ready: there is nothing to wait for."""

    def is_alive(self) -> bool:
        """Live as long as the one who asks."""
        return True

    def kernel_info(self) -> str:
        """Say what language the kernel speaks."""
        request = self._session.msg("kernel_info_request")
        content = {"status": "ok", "language_info": self._kernel.language_info}
        self._session.send(self._shell, "kernel_info_reply", content, request)
        return str(request["header"]["msg_id"])

    async def execute(self, code: str, *, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Run a cell to its end; its messages wait in the channels."""
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": stop_on_error,
        }
        request = self._session.msg("execute_request", content)
        self._kernel.set_parent([], request, "shell")
        await self._kernel.execute_request(self._shell, None, request)
        self._session.send(self._iopub, "status", {"execution_state": "idle"}, request)
        return str(request["header"]["msg_id"])
