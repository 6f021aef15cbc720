// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <QByteArray>

namespace desk {

// A protobuf message put together field by field, as a program that knows nothing of our descriptors does.
class WireMessage
{
public:
    WireMessage &number(int field, qint64 value)
    {
        write([&](google::protobuf::io::CodedOutputStream *out) {
            google::protobuf::internal::WireFormatLite::WriteInt64(field, value, out);
        });
        return *this;
    }
    WireMessage &real(int field, float value)
    {
        write([&](google::protobuf::io::CodedOutputStream *out) {
            google::protobuf::internal::WireFormatLite::WriteFloat(field, value, out);
        });
        return *this;
    }
    WireMessage &text(int field, const char *value)
    {
        write([&](google::protobuf::io::CodedOutputStream *out) {
            google::protobuf::internal::WireFormatLite::WriteBytes(field, value, out);
        });
        return *this;
    }
    operator QByteArray() const { return QByteArray::fromStdString(m_bytes); }

private:
    template <typename Write>
    void write(Write write)
    {
        google::protobuf::io::StringOutputStream stream(&m_bytes);
        google::protobuf::io::CodedOutputStream out(&stream);
        write(&out);
    }

    std::string m_bytes;
};

} // namespace desk
