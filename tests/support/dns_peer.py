#!/usr/bin/env python3
"""A name server on 127.0.0.1:53 that answers by the first label of what it is asked for; everything else is NXDOMAIN.

servfail: SERVFAIL; silent: nothing; here: A 127.0.0.1; blackhole: AAAA of an address that swallows everything, and
A 127.0.0.1. RFC 1035, section 4.
"""
import ipaddress
import socket
import struct
import sys

A, AAAA = 1, 28
NOERROR, SERVFAIL, NXDOMAIN = 0, 2, 3
BLACKHOLE = ipaddress.ip_address("2001:db8::2")
HERE = ipaddress.ip_address("127.0.0.1")


def first_label(query):
    return query[13:13 + query[12]].decode().lower()


def answer(query):
    """The response to a query, or None for silence."""
    end = query.index(0, 12) + 5
    question, kind = query[12:end], struct.unpack("!H", query[end - 4:end - 2])[0]
    label = first_label(query)
    if label == "silent":
        return None
    records = {("here", A): HERE, ("blackhole", A): HERE, ("blackhole", AAAA): BLACKHOLE}
    code = {"servfail": SERVFAIL, "here": NOERROR, "blackhole": NOERROR}.get(label, NXDOMAIN)
    address = records.get((label, kind))
    header = query[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, 1 if address else 0, 0, 0)
    record = struct.pack("!HHHIH", 0xC00C, kind, 1, 60, len(address.packed)) + address.packed if address else b""
    return header + question + record


def main():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    print("listening", flush=True)
    while True:
        query, client = server.recvfrom(4096)
        response = answer(query)
        if response:
            server.sendto(response, client)


if __name__ == "__main__":
    sys.exit(main())
