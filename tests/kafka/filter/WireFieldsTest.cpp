// SPDX-License-Identifier: GPL-3.0-or-later
// Fields read off the wire beside protobuf's own reader.
#include "kafka/filter/WireFields.h"

#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <QTest>

#include <bit>
#include <random>

using namespace desk;
using namespace google::protobuf;

namespace {

constexpr char Schema[] = R"(syntax = "proto3";
package wire;
enum Kind { NONE = 0; SMALL = 1; LARGE = 7; BELOW = -3; }
message Part { int32 count = 1; string label = 2; optional int32 weight = 3; repeated sint32 marks = 4; Part inner = 5; }
message Whole {
  int32 a = 1; int64 b = 2; uint32 c = 3; uint64 d = 4; sint32 e = 5; sint64 f = 6;
  fixed32 g = 7; fixed64 h = 8; sfixed32 i = 9; sfixed64 j = 10;
  bool k = 11; float l = 12; double m = 13; string n = 14; bytes o = 15; Kind p = 16;
  optional int32 q = 17; optional string r = 18;
  repeated int32 s = 19; repeated double t = 20; repeated string u = 21; repeated Kind v = 22;
  repeated fixed32 w = 23 [packed = false];
  Part x = 24; repeated Part y = 25;
  oneof z { string mail = 26; int64 phone = 27; Part place = 28; }
  int32 far = 1000;
}
)";

class SchemaErrors : public io::ErrorCollector
{
public:
    void AddError(int line, io::ColumnNumber column, const std::string &message) override
    {
        qFatal("%d:%d: %s", line, column, message.c_str());
    }
};

// A value of either reader, so that they can be compared.
QByteArray canonical(const FieldDescriptor &field, const WireValue &value)
{
    using internal::WireFormatLite;
    switch (field.type()) {
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
        return value.bytes.toByteArray();
    case FieldDescriptor::TYPE_SINT32:
        return QByteArray::number(WireFormatLite::ZigZagDecode32(quint32(value.bits)));
    case FieldDescriptor::TYPE_SINT64:
        return QByteArray::number(qint64(WireFormatLite::ZigZagDecode64(value.bits)));
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_SFIXED32:
    case FieldDescriptor::TYPE_ENUM:
        return QByteArray::number(qint32(value.bits));
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_FIXED32:
        return QByteArray::number(quint32(value.bits));
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_FIXED64:
        return QByteArray::number(value.bits);
    case FieldDescriptor::TYPE_BOOL:
        return value.bits ? "1" : "0";
    case FieldDescriptor::TYPE_FLOAT:
        return QByteArray::number(quint32(value.bits));
    case FieldDescriptor::TYPE_DOUBLE:
        return QByteArray::number(value.bits);
    default:
        return QByteArray::number(qint64(value.bits));
    }
}

QByteArray reflected(const Message &message, const FieldDescriptor &field, int index)
{
    const Reflection &reflection = *message.GetReflection();
    const bool isOne = index < 0;
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
        return QByteArray::number(isOne ? reflection.GetInt32(message, &field)
                                        : reflection.GetRepeatedInt32(message, &field, index));
    case FieldDescriptor::CPPTYPE_INT64:
        return QByteArray::number(qint64(isOne ? reflection.GetInt64(message, &field)
                                               : reflection.GetRepeatedInt64(message, &field, index)));
    case FieldDescriptor::CPPTYPE_UINT32:
        return QByteArray::number(isOne ? reflection.GetUInt32(message, &field)
                                        : reflection.GetRepeatedUInt32(message, &field, index));
    case FieldDescriptor::CPPTYPE_UINT64:
        return QByteArray::number(quint64(isOne ? reflection.GetUInt64(message, &field)
                                                : reflection.GetRepeatedUInt64(message, &field, index)));
    case FieldDescriptor::CPPTYPE_BOOL:
        return (isOne ? reflection.GetBool(message, &field)
                      : reflection.GetRepeatedBool(message, &field, index))
            ? "1"
            : "0";
    case FieldDescriptor::CPPTYPE_ENUM:
        return QByteArray::number(isOne ? reflection.GetEnumValue(message, &field)
                                        : reflection.GetRepeatedEnumValue(message, &field, index));
    case FieldDescriptor::CPPTYPE_FLOAT:
        return QByteArray::number(
            std::bit_cast<quint32>(isOne ? reflection.GetFloat(message, &field)
                                         : reflection.GetRepeatedFloat(message, &field, index)));
    case FieldDescriptor::CPPTYPE_DOUBLE:
        return QByteArray::number(
            std::bit_cast<quint64>(isOne ? reflection.GetDouble(message, &field)
                                         : reflection.GetRepeatedDouble(message, &field, index)));
    case FieldDescriptor::CPPTYPE_STRING:
        return QByteArray::fromStdString(isOne ? reflection.GetString(message, &field)
                                               : reflection.GetRepeatedString(message, &field, index));
    case FieldDescriptor::CPPTYPE_MESSAGE:
        break;
    }
    return {};
}

// What protobuf has at the end of the path, with start values as `WireFields` gives them.
void collect(const Message &message, const WireFields::Path &path, qsizetype at, QByteArrayList &values)
{
    const FieldDescriptor &field = *path[at];
    const Reflection &reflection = *message.GetReflection();
    const int count = field.is_repeated() ? reflection.FieldSize(message, &field) : -1;
    if (at + 1 < path.size()) {
        if (count < 0 && reflection.HasField(message, &field))
            collect(reflection.GetMessage(message, &field), path, at + 1, values);
        for (int index = 0; index < count; ++index)
            collect(reflection.GetRepeatedMessage(message, &field, index), path, at + 1, values);
        return;
    }
    if (count < 0 && (!field.has_presence() || reflection.HasField(message, &field)))
        values.append(reflected(message, field, -1));
    for (int index = 0; index < count; ++index)
        values.append(reflected(message, field, index));
}

} // namespace

class WireFieldsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        io::ArrayInputStream input(Schema, sizeof Schema - 1);
        SchemaErrors errors;
        io::Tokenizer tokenizer(&input, &errors);
        FileDescriptorProto file;
        file.set_name("wire.proto");
        compiler::Parser parser;
        QVERIFY(parser.Parse(&tokenizer, &file));
        m_whole = m_pool.BuildFile(file)->FindMessageTypeByName("Whole");
        m_factory.SetDelegateToGeneratedFactory(false);
    }

    // Random messages, and two of them one behind the other: that is a merged message.
    void readsAsProtobufDoes()
    {
        WireFields fields;
        const QList<WireFields::Path> paths = allPaths();
        QVERIFY(paths.size() > 30);
        QList<int> places;
        for (const WireFields::Path &path : paths)
            places.append(fields.add(path));
        std::mt19937 random(20260304);
        std::unique_ptr<Message> message(m_factory.GetPrototype(m_whole)->New());
        for (int round = 0; round < 3000; ++round) {
            std::string bytes = randomMessage(random)->SerializeAsString();
            if (round % 3 == 0)
                bytes += randomMessage(random)->SerializeAsString();
            QVERIFY(message->ParseFromString(bytes));
            QVERIFY(fields.read(QByteArrayView(bytes), WireFields::Absent::HasStartValue));
            for (qsizetype index = 0; index < paths.size(); ++index) {
                QByteArrayList wanted;
                collect(*message, paths[index], 0, wanted);
                QByteArrayList read;
                for (const WireValue &value : fields.values(places[index]))
                    read.append(canonical(*paths[index].last(), value));
                QVERIFY2(read == wanted,
                         qPrintable(QStringLiteral("round %1, %2: “%3” is not “%4”")
                                        .arg(round)
                                        .arg(QString::fromStdString(paths[index].last()->full_name()),
                                             QString::fromUtf8(read.join('|')),
                                             QString::fromUtf8(wanted.join('|')))));
            }
        }
    }

    void refusesWhatIsNoProtobufAndReadsNothingPastTheEnd()
    {
        WireFields fields;
        for (const WireFields::Path &path : allPaths())
            fields.add(path);
        std::mt19937 random(7);
        int refused = 0;
        for (int round = 0; round < 300; ++round) {
            const std::string bytes = randomMessage(random)->SerializeAsString();
            for (size_t size = 0; size <= bytes.size(); ++size) {
                const QByteArray cut(bytes.data(), qsizetype(size)); // its own allocation
                std::unique_ptr<Message> message(m_factory.GetPrototype(m_whole)->New());
                const bool isRead = fields.read(cut, WireFields::Absent::HasNone);
                // Texts cut within a character are no matter of the wire.
                if (message->ParseFromArray(cut.constData(), int(cut.size())))
                    QVERIFY(isRead);
                refused += isRead ? 0 : 1;
            }
        }
        QVERIFY(refused > 1000);
    }

    void whatIsNotThereHasAStartValueOrNone()
    {
        WireFields fields;
        const int a = fields.add({m_whole->FindFieldByName("a")});
        const int q = fields.add({m_whole->FindFieldByName("q")});
        const int count = fields.add({m_whole->FindFieldByName("x"), partField("count")});
        QVERIFY(fields.read({}, WireFields::Absent::HasStartValue));
        QCOMPARE(fields.values(a).size(), size_t(1));
        QVERIFY(!fields.values(a).front().isOnWire);
        QVERIFY(fields.values(q).empty());     // optional
        QVERIFY(fields.values(count).empty()); // the message around it is not there
        QVERIFY(
            fields.read(QByteArrayView("\xc2\x01\x00", 3), WireFields::Absent::HasStartValue)); // an empty x
        QCOMPARE(fields.values(count).size(), size_t(1));
        QVERIFY(fields.read({}, WireFields::Absent::HasNone));
        QVERIFY(fields.values(a).empty());
    }

    void passesOverWhatNobodyKnows()
    {
        WireFields fields;
        const int a = fields.add({m_whole->FindFieldByName("a")});
        // An unknown group with a group in it, then a = 5; and a of another wire type.
        QVERIFY(fields.read(QByteArrayView("\xa3\x1f\xab\x1f\xac\x1f\xa4\x1f\x08\x05", 10),
                            WireFields::Absent::HasNone));
        QCOMPARE(fields.values(a).front().bits, quint64(5));
        QVERIFY(fields.read(QByteArrayView("\x0d\x01\x02\x03\x04", 5), WireFields::Absent::HasNone));
        QVERIFY(fields.values(a).empty());
        QVERIFY(
            !fields.read(QByteArrayView("\xa3\x1f\xac\x1f", 4), WireFields::Absent::HasNone)); // ends another
        QVERIFY(!fields.read(QByteArray(100'000, '\x0b'), WireFields::Absent::HasNone)); // groups without end
    }

private:
    const FieldDescriptor *partField(const char *name) const
    {
        return m_whole->FindFieldByName("x")->message_type()->FindFieldByName(name);
    }

    QList<WireFields::Path> allPaths() const
    {
        QList<WireFields::Path> paths;
        for (int index = 0; index < m_whole->field_count(); ++index) {
            const FieldDescriptor *field = m_whole->field(index);
            if (!field->message_type()) {
                paths.append(WireFields::Path{field});
                continue;
            }
            for (int inner = 0; inner < field->message_type()->field_count(); ++inner) {
                const FieldDescriptor *part = field->message_type()->field(inner);
                if (!part->message_type())
                    paths.append(WireFields::Path{field, part});
                else
                    paths.append(
                        WireFields::Path{field, part, part->message_type()->FindFieldByName("count")});
            }
        }
        return paths;
    }

    std::unique_ptr<Message> randomMessage(std::mt19937 &random)
    {
        std::unique_ptr<Message> message(m_factory.GetPrototype(m_whole)->New());
        fill(*message, random, 0);
        return message;
    }

    static void fill(Message &message, std::mt19937 &random, int depth)
    {
        const Reflection &reflection = *message.GetReflection();
        const Descriptor &type = *message.GetDescriptor();
        for (int index = 0; index < type.field_count(); ++index) {
            const FieldDescriptor &field = *type.field(index);
            const int count = int(random() % 3);
            for (int element = 0; element < (field.is_repeated() ? count : count / 2); ++element) {
                if (field.message_type() && depth < 2) {
                    fill(field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                             : *reflection.MutableMessage(&message, &field),
                         random, depth + 1);
                } else if (!field.message_type()) {
                    set(message, field, random);
                }
            }
        }
    }

    static void set(Message &message, const FieldDescriptor &field, std::mt19937 &random)
    {
        const Reflection &reflection = *message.GetReflection();
        const bool isMany = field.is_repeated();
        const quint64 bits = (quint64(random()) << 32 | random()) >> random() % 64;
        const auto put = [&](auto one, auto many, auto value) {
            if (isMany)
                (reflection.*many)(&message, &field, value);
            else
                (reflection.*one)(&message, &field, value);
        };
        switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_INT32:
            put(&Reflection::SetInt32, &Reflection::AddInt32, int32_t(bits));
            break;
        case FieldDescriptor::CPPTYPE_INT64:
            put(&Reflection::SetInt64, &Reflection::AddInt64, int64_t(bits));
            break;
        case FieldDescriptor::CPPTYPE_UINT32:
            put(&Reflection::SetUInt32, &Reflection::AddUInt32, uint32_t(bits));
            break;
        case FieldDescriptor::CPPTYPE_UINT64:
            put(&Reflection::SetUInt64, &Reflection::AddUInt64, uint64_t(bits));
            break;
        case FieldDescriptor::CPPTYPE_BOOL:
            put(&Reflection::SetBool, &Reflection::AddBool, (bits & 1) == 1);
            break;
        case FieldDescriptor::CPPTYPE_FLOAT:
            put(&Reflection::SetFloat, &Reflection::AddFloat, float(bits) / 7);
            break;
        case FieldDescriptor::CPPTYPE_DOUBLE:
            put(&Reflection::SetDouble, &Reflection::AddDouble, double(bits) / 7);
            break;
        case FieldDescriptor::CPPTYPE_ENUM:
            put(&Reflection::SetEnumValue, &Reflection::AddEnumValue, int(bits % 9) - 3);
            break;
        case FieldDescriptor::CPPTYPE_STRING:
            put(&Reflection::SetString, &Reflection::AddString,
                std::string(bits % 20, char('a' + bits % 26)));
            break;
        case FieldDescriptor::CPPTYPE_MESSAGE:
            break;
        }
    }

    DescriptorPool m_pool;
    DynamicMessageFactory m_factory{&m_pool};
    const Descriptor *m_whole = nullptr;
};

QTEST_GUILESS_MAIN(WireFieldsTest)
#include "WireFieldsTest.moc"
