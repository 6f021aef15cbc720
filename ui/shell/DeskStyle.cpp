// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/DeskStyle.h"

namespace desk {

DeskStyle::DeskStyle() : QProxyStyle(QStringLiteral("Fusion")) { }

void DeskStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    if (element != PE_FrameFocusRect)
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

int DeskStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *result) const
{
    // Where a click opens things in the desktop's file manager it must not show a masked value here.
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons || hint == SH_ItemView_ActivateItemOnSingleClick)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, result);
}

} // namespace desk
