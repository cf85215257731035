#!/usr/bin/python3
"""aiosmtpd with STARTTLS and AUTH: aiosmtpd_peer.py CERT KEY USER PASSWORD.

Prints its port, then a JSON object per line: {"fact": "login", "good": …} and {"fact": "message", "to", "data"}. Ends
when stdin closes.
"""
import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def tell(**fact):
    print(json.dumps(fact), flush=True)


class Handler:
    async def handle_DATA(self, _server, session, envelope):
        tell(fact="message", to=envelope.rcpt_tos, data=envelope.original_content.decode("latin-1"),
             tls=session.ssl is not None)
        return "250 2.0.0 taken"


def main():
    certificate, key, user, password = sys.argv[1:]
    expected = LoginPassword(user.encode(), password.encode())

    def authenticate(_server, _session, _envelope, _mechanism, given):
        tell(fact="login", good=given == expected)
        return AuthResult(success=given == expected, handled=False)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def serve():
        return SMTP(Handler(), hostname="peer.example", tls_context=context, require_starttls=True, auth_required=True,
                    authenticator=authenticate, loop=loop)

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(serve, "127.0.0.1", 0))
    tell(fact="ready", port=server.sockets[0].getsockname()[1])
    loop.run_in_executor(None, sys.stdin.read).add_done_callback(lambda _: loop.stop())
    loop.run_forever()


if __name__ == "__main__":
    main()
