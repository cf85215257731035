#include "delivery/store_worker.hpp"

#include <utility>

namespace egarage::delivery {

StoreWorker::StoreWorker(std::function<void()> done) : done_(std::move(done)), thread_([this] { work(); }) {}

StoreWorker::~StoreWorker() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void StoreWorker::begin(std::function<void()> task) {
  {
    const std::lock_guard lock{mutex_};
    task_ = std::move(task);
    busy_ = true;
  }
  changed_.notify_all();
}

bool StoreWorker::is_busy() const {
  const std::lock_guard lock{mutex_};
  return busy_;
}

void StoreWorker::wait() {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return !busy_; });
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void StoreWorker::work() {
  std::unique_lock lock{mutex_};
  while (true) {
    changed_.wait(lock, [this] { return busy_ || stopping_; });
    if (!busy_) return;
    lock.unlock();
    std::exception_ptr failure;
    try {
      task_();
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    failure_ = failure;
    task_ = nullptr;
    busy_ = false;
    lock.unlock();
    changed_.notify_all();
    done_();
    lock.lock();
  }
}

}  // namespace egarage::delivery
