// botocore 1.43.106, botocore/data/ivschat/2020-07-14/service-2.json
// Derived from the service models of botocore, Copyright Amazon.com, Inc. or its affiliates, licensed under the Apache License 2.0. Reduced to a compact form and corrected where it says so.
// Written by generate.py.

/** What travels in requests and answers; timestamps are ISO 8601 text. */
export interface Shapes {
  readonly AccessDeniedException: { readonly message: string };
  readonly ChatTokenAttributes: Readonly<Record<string, string>>;
  readonly ChatTokenCapabilities: readonly Shapes["ChatTokenCapability"][];
  readonly ChatTokenCapability: "SEND_MESSAGE" | "DISCONNECT_USER" | "DELETE_MESSAGE";
  readonly CloudWatchLogsDestinationConfiguration: { readonly logGroupName: string };
  readonly ConflictException: { readonly message: string; readonly resourceId: string; readonly resourceType: Shapes["ResourceType"] };
  readonly CreateChatTokenRequest: { readonly roomIdentifier: string; readonly userId: string; readonly capabilities?: Shapes["ChatTokenCapabilities"]; readonly sessionDurationInMinutes?: number; readonly attributes?: Shapes["ChatTokenAttributes"] };
  readonly CreateChatTokenResponse: { readonly token?: string; readonly tokenExpirationTime?: string; readonly sessionExpirationTime?: string };
  readonly CreateLoggingConfigurationRequest: { readonly name?: string; readonly destinationConfiguration: Shapes["DestinationConfiguration"]; readonly tags?: Shapes["Tags"] };
  readonly CreateLoggingConfigurationResponse: { readonly arn?: string; readonly id?: string; readonly createTime?: string; readonly updateTime?: string; readonly name?: string; readonly destinationConfiguration?: Shapes["DestinationConfiguration"]; readonly state?: Shapes["CreateLoggingConfigurationState"]; readonly tags?: Shapes["Tags"] };
  readonly CreateLoggingConfigurationState: "ACTIVE";
  readonly CreateRoomRequest: { readonly name?: string; readonly maximumMessageRatePerSecond?: number; readonly maximumMessageLength?: number; readonly messageReviewHandler?: Shapes["MessageReviewHandler"]; readonly tags?: Shapes["Tags"]; readonly loggingConfigurationIdentifiers?: Shapes["LoggingConfigurationIdentifierList"] };
  readonly CreateRoomResponse: { readonly arn?: string; readonly id?: string; readonly name?: string; readonly createTime?: string; readonly updateTime?: string; readonly maximumMessageRatePerSecond?: number; readonly maximumMessageLength?: number; readonly messageReviewHandler?: Shapes["MessageReviewHandler"]; readonly tags?: Shapes["Tags"]; readonly loggingConfigurationIdentifiers?: Shapes["LoggingConfigurationIdentifierList"] };
  readonly DeleteLoggingConfigurationRequest: { readonly identifier: string };
  readonly DeleteMessageRequest: { readonly roomIdentifier: string; readonly id: string; readonly reason?: string };
  readonly DeleteMessageResponse: { readonly id?: string };
  readonly DeleteRoomRequest: { readonly identifier: string };
  readonly DestinationConfiguration: { readonly s3?: Shapes["S3DestinationConfiguration"]; readonly cloudWatchLogs?: Shapes["CloudWatchLogsDestinationConfiguration"]; readonly firehose?: Shapes["FirehoseDestinationConfiguration"] };
  readonly DisconnectUserRequest: { readonly roomIdentifier: string; readonly userId: string; readonly reason?: string };
  readonly DisconnectUserResponse: Readonly<Record<string, never>>;
  readonly EventAttributes: Readonly<Record<string, string>>;
  readonly FallbackResult: "ALLOW" | "DENY";
  readonly FirehoseDestinationConfiguration: { readonly deliveryStreamName: string };
  readonly GetLoggingConfigurationRequest: { readonly identifier: string };
  readonly GetLoggingConfigurationResponse: { readonly arn?: string; readonly id?: string; readonly createTime?: string; readonly updateTime?: string; readonly name?: string; readonly destinationConfiguration?: Shapes["DestinationConfiguration"]; readonly state?: Shapes["LoggingConfigurationState"]; readonly tags?: Shapes["Tags"] };
  readonly GetRoomRequest: { readonly identifier: string };
  readonly GetRoomResponse: { readonly arn?: string; readonly id?: string; readonly name?: string; readonly createTime?: string; readonly updateTime?: string; readonly maximumMessageRatePerSecond?: number; readonly maximumMessageLength?: number; readonly messageReviewHandler?: Shapes["MessageReviewHandler"]; readonly tags?: Shapes["Tags"]; readonly loggingConfigurationIdentifiers?: Shapes["LoggingConfigurationIdentifierList"] };
  readonly InternalServerException: { readonly message: string };
  readonly ListLoggingConfigurationsRequest: { readonly nextToken?: string; readonly maxResults?: number };
  readonly ListLoggingConfigurationsResponse: { readonly loggingConfigurations: Shapes["LoggingConfigurationList"]; readonly nextToken?: string };
  readonly ListRoomsRequest: { readonly name?: string; readonly nextToken?: string; readonly maxResults?: number; readonly messageReviewHandlerUri?: string; readonly loggingConfigurationIdentifier?: string };
  readonly ListRoomsResponse: { readonly rooms: Shapes["RoomList"]; readonly nextToken?: string };
  readonly ListTagsForResourceRequest: { readonly resourceArn: string };
  readonly ListTagsForResourceResponse: { readonly tags: Shapes["Tags"] };
  readonly LoggingConfigurationIdentifierList: readonly string[];
  readonly LoggingConfigurationList: readonly Shapes["LoggingConfigurationSummary"][];
  readonly LoggingConfigurationState: "CREATING" | "CREATE_FAILED" | "DELETING" | "DELETE_FAILED" | "UPDATING" | "UPDATE_FAILED" | "ACTIVE";
  readonly LoggingConfigurationSummary: { readonly arn?: string; readonly id?: string; readonly createTime?: string; readonly updateTime?: string; readonly name?: string; readonly destinationConfiguration?: Shapes["DestinationConfiguration"]; readonly state?: Shapes["LoggingConfigurationState"]; readonly tags?: Shapes["Tags"] };
  readonly MessageReviewHandler: { readonly uri?: string; readonly fallbackResult?: Shapes["FallbackResult"] };
  readonly PendingVerification: { readonly message: string };
  readonly ResourceNotFoundException: { readonly message: string; readonly resourceId: string; readonly resourceType: Shapes["ResourceType"] };
  readonly ResourceType: "ROOM";
  readonly RoomList: readonly Shapes["RoomSummary"][];
  readonly RoomSummary: { readonly arn?: string; readonly id?: string; readonly name?: string; readonly messageReviewHandler?: Shapes["MessageReviewHandler"]; readonly createTime?: string; readonly updateTime?: string; readonly tags?: Shapes["Tags"]; readonly loggingConfigurationIdentifiers?: Shapes["LoggingConfigurationIdentifierList"] };
  readonly S3DestinationConfiguration: { readonly bucketName: string };
  readonly SendEventRequest: { readonly roomIdentifier: string; readonly eventName: string; readonly attributes?: Shapes["EventAttributes"] };
  readonly SendEventResponse: { readonly id?: string };
  readonly ServiceQuotaExceededException: { readonly message: string; readonly resourceId: string; readonly resourceType: Shapes["ResourceType"]; readonly limit: number };
  readonly TagKeyList: readonly string[];
  readonly TagResourceRequest: { readonly resourceArn: string; readonly tags: Shapes["Tags"] };
  readonly TagResourceResponse: Readonly<Record<string, never>>;
  readonly Tags: Readonly<Record<string, string>>;
  readonly ThrottlingException: { readonly message: string; readonly resourceId: string; readonly resourceType: Shapes["ResourceType"]; readonly limit: number };
  readonly UntagResourceRequest: { readonly resourceArn: string; readonly tagKeys: Shapes["TagKeyList"] };
  readonly UntagResourceResponse: Readonly<Record<string, never>>;
  readonly UpdateLoggingConfigurationRequest: { readonly identifier: string; readonly name?: string; readonly destinationConfiguration?: Shapes["DestinationConfiguration"] };
  readonly UpdateLoggingConfigurationResponse: { readonly arn?: string; readonly id?: string; readonly createTime?: string; readonly updateTime?: string; readonly name?: string; readonly destinationConfiguration?: Shapes["DestinationConfiguration"]; readonly state?: Shapes["UpdateLoggingConfigurationState"]; readonly tags?: Shapes["Tags"] };
  readonly UpdateLoggingConfigurationState: "ACTIVE";
  readonly UpdateRoomRequest: { readonly identifier: string; readonly name?: string; readonly maximumMessageRatePerSecond?: number; readonly maximumMessageLength?: number; readonly messageReviewHandler?: Shapes["MessageReviewHandler"]; readonly loggingConfigurationIdentifiers?: Shapes["LoggingConfigurationIdentifierList"] };
  readonly UpdateRoomResponse: { readonly arn?: string; readonly id?: string; readonly name?: string; readonly createTime?: string; readonly updateTime?: string; readonly maximumMessageRatePerSecond?: number; readonly maximumMessageLength?: number; readonly messageReviewHandler?: Shapes["MessageReviewHandler"]; readonly tags?: Shapes["Tags"]; readonly loggingConfigurationIdentifiers?: Shapes["LoggingConfigurationIdentifierList"] };
  readonly ValidationException: { readonly message: string; readonly reason: Shapes["ValidationExceptionReason"]; readonly fieldList?: Shapes["ValidationExceptionFieldList"] };
  readonly ValidationExceptionField: { readonly name: string; readonly message: string };
  readonly ValidationExceptionFieldList: readonly Shapes["ValidationExceptionField"][];
  readonly ValidationExceptionReason: "UNKNOWN_OPERATION" | "FIELD_VALIDATION_FAILED" | "OTHER";
}

/** Every operation with its input and output. */
export interface Operations {
  readonly CreateChatToken: { input: Shapes["CreateChatTokenRequest"]; output: Shapes["CreateChatTokenResponse"] };
  readonly CreateLoggingConfiguration: { input: Shapes["CreateLoggingConfigurationRequest"]; output: Shapes["CreateLoggingConfigurationResponse"] };
  readonly CreateRoom: { input: Shapes["CreateRoomRequest"]; output: Shapes["CreateRoomResponse"] };
  readonly DeleteLoggingConfiguration: { input: Shapes["DeleteLoggingConfigurationRequest"]; output: undefined };
  readonly DeleteMessage: { input: Shapes["DeleteMessageRequest"]; output: Shapes["DeleteMessageResponse"] };
  readonly DeleteRoom: { input: Shapes["DeleteRoomRequest"]; output: undefined };
  readonly DisconnectUser: { input: Shapes["DisconnectUserRequest"]; output: Shapes["DisconnectUserResponse"] };
  readonly GetLoggingConfiguration: { input: Shapes["GetLoggingConfigurationRequest"]; output: Shapes["GetLoggingConfigurationResponse"] };
  readonly GetRoom: { input: Shapes["GetRoomRequest"]; output: Shapes["GetRoomResponse"] };
  readonly ListLoggingConfigurations: { input: Shapes["ListLoggingConfigurationsRequest"]; output: Shapes["ListLoggingConfigurationsResponse"] };
  readonly ListRooms: { input: Shapes["ListRoomsRequest"]; output: Shapes["ListRoomsResponse"] };
  readonly ListTagsForResource: { input: Shapes["ListTagsForResourceRequest"]; output: Shapes["ListTagsForResourceResponse"] };
  readonly SendEvent: { input: Shapes["SendEventRequest"]; output: Shapes["SendEventResponse"] };
  readonly TagResource: { input: Shapes["TagResourceRequest"]; output: Shapes["TagResourceResponse"] };
  readonly UntagResource: { input: Shapes["UntagResourceRequest"]; output: Shapes["UntagResourceResponse"] };
  readonly UpdateLoggingConfiguration: { input: Shapes["UpdateLoggingConfigurationRequest"]; output: Shapes["UpdateLoggingConfigurationResponse"] };
  readonly UpdateRoom: { input: Shapes["UpdateRoomRequest"]; output: Shapes["UpdateRoomResponse"] };
}
