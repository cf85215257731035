"""Where a secret shows: in clear, in base64 at any offset inside something longer, URL-encoded."""
import base64
import urllib.parse


def shapes(secret):
    """The octets to look for."""
    octets = secret.encode()
    found = {octets, urllib.parse.quote(secret, safe="").encode(), urllib.parse.quote_plus(secret).encode()}
    for before in range(3):
        # Only the characters that the secret alone decides, whatever stands before and behind it.
        encoded = base64.b64encode(b"\0" * before + octets)
        found.add(encoded[-(-before * 8 // 6):(before + len(octets)) * 8 // 6])
    return found


def traces(secret, octets):
    return [shape for shape in shapes(secret) if shape in octets]


def in_files(secrets, files):
    """One line for each file that holds one of the secrets."""
    for file in files:
        octets = file.read_bytes()
        yield from (f"{file.name} holds {shape!r}" for secret in secrets for shape in traces(secret, octets))
