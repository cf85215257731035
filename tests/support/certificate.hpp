#pragma once

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/scripted_peer.hpp"

namespace egarage::test {

/// A self-signed certificate, made for this run.
struct Certificate {
  explicit Certificate(const std::string& subject_alternative_name, const std::string& days = "2") {
    const std::string request = directory / "request.pem";
    const std::string extensions = directory / "extensions";
    std::ofstream(extensions) << "subjectAltName=" << subject_alternative_name << "\n";
    const std::string command =
        "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=peer.example -keyout " + key +
        " -out " + request + " 2>/dev/null && openssl x509 -req -in " + request + " -signkey " + key + " -days " +
        days + " -extfile " + extensions + " -out " + file + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl cannot make a certificate");
  }
  TemporaryDirectory directory;
  std::string file = directory / "cert.pem", key = directory / "key.pem";
};

/// The arguments of a scripted server that shows this certificate.
inline std::vector<std::string> with(const Certificate& certificate, std::vector<std::string> arguments) {
  for (const auto& more : {std::string("--cert"), certificate.file, std::string("--key"), certificate.key}) {
    arguments.push_back(more);
  }
  return arguments;
}

inline const Certificate& good_certificate() {
  static const Certificate certificate("IP:127.0.0.1");
  return certificate;
}

}  // namespace egarage::test
