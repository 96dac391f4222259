"""An internet on a loopback address: what the repository's catalogues name, from this machine's cache, and Ubuntu's archive."""

import datetime
import http.server
import json
import pathlib
import ssl
import subprocess
import threading
import urllib.parse

SNAPSHOTS = "snapshot.debian.org"
UBUNTU = "azure.archive.ubuntu.com"


def catalogue(repository, cache):
    """Returns files by URL, for all that the repository downloads from upstream and from Debian's snapshots."""
    files = {}
    archives = json.loads((repository / "config/sources.json").read_text())["archives"]
    for component in sorted((repository / "config/components").glob("*/component.json")):
        source = json.loads(component.read_text()).get("source")
        archives += [source] if source else []
    for archive in archives:
        for url in archive["urls"]:
            file = cache / "downloads" / archive["fileName"]
            files[url] = file
            if archive["signature"]:
                suffix = archive["signature"]["suffix"]
                files[url + suffix] = pathlib.Path(f"{file}{suffix}")
    for kernel in json.loads((repository / "config/kernels.lock.json").read_text())["kernels"]:
        file = cache / "apt" / f"{kernel['suite']}-{kernel['architecture']}" / pathlib.Path(kernel["path"]).name
        files[f"https://{SNAPSHOTS}/archive/debian/{kernel['snapshot']}/{kernel['path']}"] = file
    return files


def make_certificates(folder, names):
    """Makes a certificate authority, which roots trust, and a certificate for the names; returns the file of the latter."""
    folder.mkdir(parents=True, exist_ok=True)
    key, authority, certificate = folder / "ca.key", folder / "ca.crt", folder / "server.pem"

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    if not authority.exists():
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", authority, "-days", "3650",
                "-subj", "/CN=Imitated internet")
    (folder / "names").write_text("subjectAltName=" + ",".join(f"DNS:{name}" for name in names) + "\n")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=server")
    openssl("x509", "-req", "-in", "server.csr", "-CA", authority, "-CAkey", key, "-CAcreateserial", "-days", "3650",
            "-extfile", "names", "-out", "server.crt")
    certificate.write_bytes((folder / "server.crt").read_bytes() + (folder / "server.key").read_bytes())
    return certificate


class Internet:
    """Serves files by URL with HTTPS, and a folder as an archive of Ubuntu with HTTP."""

    def __init__(self, address, files, ubuntu, certificates, log):
        self.address, self.files, self.ubuntu, self.log = address, files, ubuntu, log
        self.names = sorted({urllib.parse.urlsplit(url).hostname for url in files} | {SNAPSHOTS})
        self.authority = certificates / "ca.crt"
        self.certificate = make_certificates(certificates, self.names)

    @property
    def hosts(self):
        """Lines for /etc/hosts."""
        return "".join(f"{self.address} {name}\n" for name in [*self.names, UBUNTU])

    def start(self):
        secure = self._server(443, self._upstream)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        secure.socket = context.wrap_socket(secure.socket, server_side=True, do_handshake_on_connect=False)
        plain = self._server(80, self._archive)
        for server in (secure, plain):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def _upstream(self, host, path):
        return self.files.get(f"https://{host}{path}")

    def _archive(self, host, path):
        file = self.ubuntu / urllib.parse.unquote(path).removeprefix("/ubuntu/")
        return file if host == UBUNTU and ".." not in file.parts else None

    def _server(self, port, find):
        log = self.log

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self, has_body=True):
                host = self.headers.get("Host", "").split(":")[0]
                file = find(host, self.path)
                found = file is not None and file.is_file()
                with log.open("a") as stream:
                    now = datetime.datetime.now().isoformat(timespec="seconds")
                    stream.write(f"{now} {200 if found else 404} {port} {host}{self.path}\n")
                if not found:
                    self.send_error(404)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(file.stat().st_size))
                self.end_headers()
                if has_body:
                    with file.open("rb") as stream:
                        while block := stream.read(1 << 20):
                            self.wfile.write(block)

            def do_HEAD(self):
                self.do_GET(has_body=False)

            def log_message(self, *_):
                pass

        return http.server.ThreadingHTTPServer((self.address, port), Handler)
