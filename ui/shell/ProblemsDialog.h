// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace desk {

class Theme;

// A list of problems to be read and copied, such as those of entity files: "shop.proto:12:3: …". Deletes
// itself when closed; open() it. GUI thread.
class ProblemsDialog : public QDialog
{
    Q_OBJECT

public:
    ProblemsDialog(const QString &title, const QString &explanation, const QStringList &problems,
                   Theme &theme, QWidget *parent);
};

} // namespace desk
