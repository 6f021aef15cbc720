// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/PayloadSearch.h"

#include <functional>
#include <memory>

namespace desk {

// What of a message can be looked through: a tab of its detail. GUI thread, but for what search() hands out.
class FindTarget
{
public:
    using Job = std::function<PayloadMatches(const PayloadSearch &)>;

    virtual ~FindTarget() = default;

    // Looks through what is shown now; may run on any thread, also when this is gone.
    [[nodiscard]] virtual Job search() const = 0;
    // What was found, to be marked, and the one to bring into sight; null: nothing is looked for. `current`: -1
    // where none is.
    virtual void showMatches(const std::shared_ptr<const PayloadMatches> &matches, qsizetype current) = 0;
    // The match to begin with: the first after what is looked at.
    [[nodiscard]] virtual qsizetype firstMatch(const PayloadMatches &matches) const
    {
        return matches.found.isEmpty() ? -1 : 0;
    }
};

} // namespace desk
