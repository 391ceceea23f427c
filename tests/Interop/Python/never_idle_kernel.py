"""A kernel that answers its cells, shows their text, and never says that it is idle again."""
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel


class NeverIdleKernel(Kernel):
    implementation = "never-idle"
    implementation_version = "1"
    language_info = {"name": "text", "mimetype": "text/plain", "file_extension": ".txt"}
    banner = "never idle"
    has_executed = False

    async def do_execute(self, code, silent, *args, **kwargs):
        self.has_executed = True
        self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": code})
        return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}

    def _publish_status(self, status, *args, **kwargs):
        if not (self.has_executed and status == "idle"):
            super()._publish_status(status, *args, **kwargs)


IPKernelApp.launch_instance(kernel_class=NeverIdleKernel)
