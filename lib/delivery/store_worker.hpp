#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace egarage::delivery {

/// A thread that writes to the store while the loop goes on speaking to servers: a slow disk must not keep answers
/// waiting. One task at a time; between begin() and wait() the store is the worker's, otherwise the caller's.
class StoreWorker {
 public:
  /// `done` is called on the worker's thread after each task, to wake the loop.
  explicit StoreWorker(std::function<void()> done);
  /// Finishes the task under way; what it throws is lost.
  ~StoreWorker();
  StoreWorker(const StoreWorker&) = delete;
  StoreWorker& operator=(const StoreWorker&) = delete;

  /// Call only when no task is under way.
  void begin(std::function<void()> task);
  bool is_busy() const;
  /// Waits for the task under way, if any, and throws what it threw.
  void wait();

 private:
  void work();

  std::function<void()> done_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void()> task_;
  std::exception_ptr failure_;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace egarage::delivery
