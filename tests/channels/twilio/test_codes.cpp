#include "channels/twilio/codes.hpp"

#include "support/catch.hpp"

using namespace egarage::channels;
using http::Ruling;
using namespace std::chrono_literals;

TEST_CASE("every listed code of Twilio has its ruling, whatever the HTTP status") {
  struct Row {
    int code;
    Ruling ruling;
    std::chrono::seconds wait = 0s;
  };
  const std::vector<Row> rows{
      {20003, Ruling::block},       {20005, Ruling::block},         {20403, Ruling::block},
      {20404, Ruling::block},       {70051, Ruling::block},         {21606, Ruling::block},
      {21212, Ruling::block},       {21620, Ruling::block},         {21703, Ruling::block},
      {30002, Ruling::block},       {30034, Ruling::block},         {30032, Ruling::block},
      {21608, Ruling::block},       {63007, Ruling::block},         {20429, Ruling::pause, 30s},
      {21611, Ruling::pause, 1h},   {30001, Ruling::pause, 1h},     {63018, Ruling::pause, 60s},
      {20500, Ruling::uncertain},   {20503, Ruling::uncertain},     {30500, Ruling::uncertain},
      {21211, Ruling::bad_address}, {21614, Ruling::bad_address},   {21635, Ruling::bad_address},
      {30006, Ruling::bad_address}, {63003, Ruling::bad_address},   {63024, Ruling::bad_address},
      {21408, Ruling::reject},      {21610, Ruling::opt_out},       {21612, Ruling::reject},
      {30005, Ruling::reject},      {30004, Ruling::reject},        {21602, Ruling::reject},
      {21617, Ruling::reject},      {21658, Ruling::reject},        {14103, Ruling::reject},
      {30003, Ruling::retry, 1h},   {30008, Ruling::retry, 1h},     {30007, Ruling::reject},
      {30450, Ruling::reject},      {63016, Ruling::window_closed},
  };
  for (const auto& [code, ruling, wait] : rows) {
    for (const int status : {400, 401, 429, 500, 503}) {
      INFO(code << " with " << status);
      const auto ruled = twilio::ruling_of_code(code, status);
      CHECK(ruled.ruling == ruling);
      CHECK(ruled.wait == wait);
    }
  }
}

TEST_CASE("a code that Twilio has never told us of refuses the message, unless its server failed") {
  CHECK(twilio::ruling_of_code(29999, 400).ruling == Ruling::reject);
  CHECK(twilio::ruling_of_code(0, 404).ruling == Ruling::reject);
  CHECK(twilio::ruling_of_code(29999, 500).ruling == Ruling::uncertain);
}
