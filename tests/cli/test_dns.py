"""Name servers that fail: what becomes of messages whose server cannot be found, and how long a run takes over it.

Runs in a network of its own, where the only name server is tests/support/dns_peer.py (Linux; needs root or the right to
make user namespaces)."""
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402
from support.certificates import Authority  # noqa: E402
from support.http_workshop import Gateway, Workshop, phone  # noqa: E402
from support.http_workshop import Peer as HttpPeer  # noqa: E402
from support.smtp_workshop import Peer as SmtpPeer  # noqa: E402

SKIPPED = 77
INSIDE = "EGARAGE_IN_OWN_NETWORK"
DNS = pathlib.Path(__file__).resolve().parents[1] / "support" / "dns_peer.py"
# An address that swallows every packet: at the other end of a wire where nobody listens.
WIRE = """ip link set lo up
ip link add near type veth peer name far
ip link set near up
ip link set far up
ip -6 addr add 2001:db8::1/64 dev near nodad
ip -6 neigh add 2001:db8::2 lladdr 02:00:00:00:00:02 dev near"""


def enter_own_network():
    """Runs this program again in namespaces of its own; does not return."""
    command = ["unshare", "--net", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    if not shutil.which("ip") or not shutil.which("unshare"):
        print("skipped: needs ip (package iproute2) and unshare")
        sys.exit(SKIPPED)
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode != 0:
        print("skipped: this system allows no network of our own")
        sys.exit(SKIPPED)
    sys.exit(subprocess.run([*command, sys.executable, __file__], env={**os.environ, INSIDE: "1"}, check=False).returncode)


@contextlib.contextmanager
def network():
    """A network with our name server, reached through /etc/resolv.conf as everywhere."""
    subprocess.run(["sh", "-ec", WIRE], check=True)
    with tempfile.NamedTemporaryFile("w") as resolv, tempfile.NamedTemporaryFile("w") as switch:
        resolv.write("nameserver 127.0.0.1\n")
        resolv.flush()
        switch.write("hosts: files dns\n")
        switch.flush()
        for ours, theirs in ((resolv.name, "/etc/resolv.conf"), (switch.name, "/etc/nsswitch.conf")):
            subprocess.run(["mount", "--bind", ours, os.path.realpath(theirs)], check=True)
        with subprocess.Popen([sys.executable, DNS], stdout=subprocess.PIPE) as server:
            server.stdout.readline()
            try:
                yield
            finally:
                server.kill()


@contextlib.contextmanager
def workshop(names):
    """A company for each name and kind of server, each with a message queued."""
    with Workshop() as place, contextlib.ExitStack() as stack:
        authority = Authority(place.folder)
        certificate = authority.issue("named", ",".join(f"DNS:{name}" for name in names))
        http = stack.enter_context(HttpPeer(place.folder / "http", "--tls", *certificate))
        smtp = stack.enter_context(SmtpPeer(place.folder / "smtp", "--port", 587, "--tls", "starttls",
                                             *certificate))
        companies = {}
        for name in names:
            slug = name.split(".", maxsplit=1)[0]
            companies[f"sms-{slug}"] = [Gateway(f"https://{name}:{http.port}", ca_file=authority.file)]
            companies[f"mail-{slug}"] = [("email", {"from": f"avisos@{slug}.example", "host": name, "port": smtp.port, "tls": "starttls",
                                                    "ca_file": str(authority.file)})]
        hosts = ", ".join(f'"{name}"' for name in names)
        place.configure(companies, more=f"[network]\nallowed_hosts = [{hosts}]\nprivate_addresses = true\n")
        for slug in companies:
            kind = "sms" if slug.startswith("sms") else "email"
            place.queue(slug, (phone(1), "ana@example.cl"), channels=[kind])
        yield place, http, smtp


def reasons(place, slug):
    return place.sql("SELECT a.state, a.reason FROM account a JOIN company c ON c.id = a.company_id"
                     " WHERE c.slug = ? AND a.channel = ?", slug, "sms" if slug.startswith("sms") else "email")[0]


def test_a_server_that_no_name_server_knows_costs_no_attempt_and_the_next_run_tries_again():
    with workshop(["missing.example", "servfail.example"]) as (place, http, smtp):
        place.deliver()
        for slug in ("sms-missing", "mail-missing", "sms-servfail", "mail-servfail"):
            assert place.statuses(slug) == ["queued 0"], (slug, place.rows(slug))
            state, reason = reasons(place, slug)
            assert state == "paused" and "resolve" in reason, (slug, state, reason)
        assert http.connections() == 0 and smtp.connections() == 0


def test_a_name_server_that_says_nothing_ends_with_a_time_out_not_with_the_run():
    with workshop(["silent.example", "here.example"]) as (place, _http, _smtp):
        began = time.monotonic()
        place.deliver()
        taken = time.monotonic() - began
        for slug in ("sms-silent", "mail-silent"):
            assert place.statuses(slug) == ["queued 0"], (slug, place.rows(slug))
            assert reasons(place, slug)[0] == "paused", (slug, reasons(place, slug))
        # The others did not wait for it to be over.
        for slug in ("sms-here", "mail-here"):
            assert place.rows(slug)[0].startswith("accepted 1"), (slug, place.rows(slug))
        assert taken < 90, f"the run took {taken:.0f} s"


def test_an_ipv6_address_that_swallows_everything_gives_way_to_the_ipv4_one():
    with workshop(["blackhole.example"]) as (place, http, smtp):
        began = time.monotonic()
        place.deliver()
        taken = time.monotonic() - began
        for slug in ("sms-blackhole", "mail-blackhole"):
            assert place.rows(slug)[0].startswith("accepted 1"), (slug, place.rows(slug), reasons(place, slug))
        assert len(http.posts()) == 1 and len(smtp.accepted()) == 1
        assert taken < 20, f"the run took {taken:.0f} s"


if __name__ == "__main__":
    if INSIDE not in os.environ:
        enter_own_network()
    with network():
        cli.main(globals())
